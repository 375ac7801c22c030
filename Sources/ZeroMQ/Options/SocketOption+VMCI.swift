internal import CZeroMQ

extension SocketOption where Value == Int, Access == OptionAccess.ReadWrite {
  /// The size of the buffer of a connection between virtual machines.
  ///
  /// The option exists only if libzmq was built with VMCI; without it, setting the option throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_VMCI_BUFFER_SIZE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | bytes, 0 or more | 65546 | all; vmci | at the next bind or connect |
  public static var vmciBufferSize: Self { Self(CZeroMQ.ZMQ_VMCI_BUFFER_SIZE, "ZMQ_VMCI_BUFFER_SIZE", .uint64) }

  /// The C name of ``vmciBufferSize``.
  @available(*, unavailable, renamed: "vmciBufferSize") public static var ZMQ_VMCI_BUFFER_SIZE: Self { vmciBufferSize }

  /// The minimum size of the buffer of a connection between virtual machines.
  ///
  /// The option exists only if libzmq was built with VMCI; without it, setting the option throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_VMCI_BUFFER_MIN_SIZE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | bytes, 0 or more | 128 | all; vmci | at the next bind or connect |
  public static var vmciBufferMinimumSize: Self { Self(CZeroMQ.ZMQ_VMCI_BUFFER_MIN_SIZE, "ZMQ_VMCI_BUFFER_MIN_SIZE", .uint64) }

  /// The C name of ``vmciBufferMinimumSize``.
  @available(*, unavailable, renamed: "vmciBufferMinimumSize")
  public static var ZMQ_VMCI_BUFFER_MIN_SIZE: Self { vmciBufferMinimumSize }

  /// The maximum size of the buffer of a connection between virtual machines.
  ///
  /// The option exists only if libzmq was built with VMCI; without it, setting the option throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_VMCI_BUFFER_MAX_SIZE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | bytes, 0 or more | 262144 | all; vmci | at the next bind or connect |
  public static var vmciBufferMaximumSize: Self { Self(CZeroMQ.ZMQ_VMCI_BUFFER_MAX_SIZE, "ZMQ_VMCI_BUFFER_MAX_SIZE", .uint64) }

  /// The C name of ``vmciBufferMaximumSize``.
  @available(*, unavailable, renamed: "vmciBufferMaximumSize")
  public static var ZMQ_VMCI_BUFFER_MAX_SIZE: Self { vmciBufferMaximumSize }
}

extension SocketOption where Value == Duration?, Access == OptionAccess.ReadWrite {
  /// The maximum time that connecting to a virtual machine may take.
  ///
  /// The option exists only if libzmq was built with VMCI; without it, setting the option throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_VMCI_CONNECT_TIMEOUT`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | milliseconds; `nil` is the system's default | `nil` | all; vmci | at the next bind or connect |
  public static var vmciConnectTimeout: Self { Self(CZeroMQ.ZMQ_VMCI_CONNECT_TIMEOUT, "ZMQ_VMCI_CONNECT_TIMEOUT", .milliseconds) }

  /// The C name of ``vmciConnectTimeout``.
  @available(*, unavailable, renamed: "vmciConnectTimeout") public static var ZMQ_VMCI_CONNECT_TIMEOUT: Self { vmciConnectTimeout }
}
