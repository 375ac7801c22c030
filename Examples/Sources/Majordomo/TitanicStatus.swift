public import ZeroMQ

/// The status with which each reply of a Titanic service begins (TSP, ZeroMQ's RFC 9).
public enum TitanicStatus {
  /// The request was accepted, or its reply is here.
  public static let ok: Frame = "200"

  /// The reply is not here yet.
  public static let pending: Frame = "300"

  /// There is no such request; it may have been closed.
  public static let unknown: Frame = "400"

  /// The service failed.
  public static let failed: Frame = "500"
}
