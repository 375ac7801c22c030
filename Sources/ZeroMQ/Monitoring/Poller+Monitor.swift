extension Poller {
  /// Adds a monitor, to wait for its events; one that is there already stays.
  ///
  /// - Parameters:
  ///   - monitor: the monitor, which may belong to a socket of another task or thread.
  ///   - events: what to wait for: `.readable`, for a monitor sends nothing.
  public mutating func add(_ monitor: Monitor, for events: PollEvents = .readable) {
    hasMonitors = true
    add(monitor.reader, for: events)
  }

  /// Changes whether a monitor is waited for.
  ///
  /// - Parameters:
  ///   - monitor: the monitor.
  ///   - events: `.readable`; or none, which keeps its place, but reports nothing.
  /// - Returns: whether the monitor is there.
  @discardableResult
  public mutating func change(_ monitor: Monitor, to events: PollEvents) -> Bool {
    change(monitor.reader, to: events)
  }

  /// Removes a monitor.
  ///
  /// - Parameter monitor: the monitor.
  /// - Returns: whether it was there.
  @discardableResult
  public mutating func remove(_ monitor: Monitor) -> Bool {
    remove(monitor.reader)
  }
}

extension ReadyEvents {
  /// Whether a monitor has an event.
  ///
  /// - Parameter monitor: a monitor that the poller waits for.
  public func contains(_ monitor: Monitor) -> Bool {
    contains { $0.concerns(monitor) }
  }
}

extension ReadyEvents.Event {
  /// Whether it is this monitor.
  public func concerns(_ monitor: Monitor) -> Bool { handle === monitor.reader }
}
