internal import CZeroMQ

// libzmq has deprecated these options without a simple replacement: an authenticator decides only after a peer has connected.

extension SocketOption where Value == String?, Access == OptionAccess.WriteOnly {
  /// A network from which connections are accepted, such as `"10.1.0.0/16"` or `"::1"`.
  ///
  /// Each value is added to the values set before; `nil` removes all of them. Without a value, connections from every network are
  /// accepted. libzmq closes any other connection immediately, and the peer tries again.
  ///
  /// The corresponding libzmq option is `ZMQ_TCP_ACCEPT_FILTER`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `String?` | address, or address/bits; `nil` is none | `nil` | all; tcp | at the next bind |
  public static var tcpAcceptFilter: Self { Self(CZeroMQ.ZMQ_TCP_ACCEPT_FILTER, "ZMQ_TCP_ACCEPT_FILTER", .string) }

  /// The C name of ``tcpAcceptFilter``.
  @available(*, unavailable, renamed: "tcpAcceptFilter")
  public static var ZMQ_TCP_ACCEPT_FILTER: Self { tcpAcceptFilter }
}

extension SocketOption where Value == Int, Access == OptionAccess.WriteOnly {
  /// A process from which connections are accepted.
  ///
  /// Each value is added to the values set before, including those of the other two ipc filters: one match suffices. Without a
  /// value, every process is accepted. The option exists on Linux only; on other systems, setting it throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_IPC_FILTER_PID`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | process ID | none | all; ipc | at the next bind |
  public static var ipcFilterProcessID: Self { Self(CZeroMQ.ZMQ_IPC_FILTER_PID, "ZMQ_IPC_FILTER_PID", .int) }

  /// The C name of ``ipcFilterProcessID``.
  @available(*, unavailable, renamed: "ipcFilterProcessID")
  public static var ZMQ_IPC_FILTER_PID: Self { ipcFilterProcessID }

  /// A user from whose processes connections are accepted.
  ///
  /// Each value is added to the values set before, including those of the other two ipc filters: one match suffices. Without a
  /// value, every process is accepted.
  ///
  /// The corresponding libzmq option is `ZMQ_IPC_FILTER_UID`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | user ID | none | all; ipc | at the next bind |
  public static var ipcFilterUserID: Self { Self(CZeroMQ.ZMQ_IPC_FILTER_UID, "ZMQ_IPC_FILTER_UID", .int) }

  /// The C name of ``ipcFilterUserID``.
  @available(*, unavailable, renamed: "ipcFilterUserID")
  public static var ZMQ_IPC_FILTER_UID: Self { ipcFilterUserID }

  /// A group from whose members' processes connections are accepted.
  ///
  /// Each value is added to the values set before, including those of the other two ipc filters: one match suffices. Without a
  /// value, every process is accepted.
  ///
  /// The corresponding libzmq option is `ZMQ_IPC_FILTER_GID`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | group ID | none | all; ipc | at the next bind |
  public static var ipcFilterGroupID: Self { Self(CZeroMQ.ZMQ_IPC_FILTER_GID, "ZMQ_IPC_FILTER_GID", .int) }

  /// The C name of ``ipcFilterGroupID``.
  @available(*, unavailable, renamed: "ipcFilterGroupID")
  public static var ZMQ_IPC_FILTER_GID: Self { ipcFilterGroupID }
}
