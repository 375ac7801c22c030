extension Poller {
  /// Adds a monitor, to wait for its events.
  ///
  /// If the poller already has the monitor, the call has no effect.
  ///
  /// - Parameters:
  ///   - monitor: The monitor, whose socket can belong to another task or thread.
  ///   - events: The events to wait for: `.readable`, since a monitor cannot send.
  public mutating func add(_ monitor: Monitor, for events: PollEvents = .readable) {
    hasMonitors = true
    add(monitor.reader, for: events)
  }

  /// Changes whether the poller waits for a monitor.
  ///
  /// - Parameters:
  ///   - monitor: The monitor.
  ///   - events: Pass `.readable` to wait for its events. Pass an empty set to keep the monitor registered without reporting it.
  /// - Returns: `true` if the poller has the monitor; otherwise, `false`.
  @discardableResult
  public mutating func change(_ monitor: Monitor, to events: PollEvents) -> Bool {
    change(monitor.reader, to: events)
  }

  /// Removes a monitor.
  ///
  /// - Parameter monitor: The monitor.
  /// - Returns: `true` if the poller had the monitor; otherwise, `false`.
  @discardableResult
  public mutating func remove(_ monitor: Monitor) -> Bool {
    remove(monitor.reader) != nil
  }
}

extension ReadyEvents {
  /// Returns a Boolean value that indicates whether a monitor has an event.
  ///
  /// - Parameter monitor: A monitor that the poller waits for.
  public func contains(_ monitor: Monitor) -> Bool {
    contains { $0.concerns(monitor) }
  }
}

extension ReadyEvents.Event {
  /// Returns a Boolean value that indicates whether the event concerns a monitor.
  public func concerns(_ monitor: Monitor) -> Bool { handle === monitor.reader }
}
