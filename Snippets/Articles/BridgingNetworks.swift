//! Proxies.

import ZeroMQ

func bridge(_ frontend: RouterSocket, _ backend: DealerSocket, _ capture: PubSocket) throws {
  // snippet.show
  try proxy(frontend: frontend, backend: backend, capture: capture)
  // snippet.hide
}

func bridge(
  _ frontend: RouterSocket, _ backend: DealerSocket, startThread: (@escaping @Sendable () -> Void) -> Void
) throws {
  // snippet.show
  let control = ProxyControl()
  startThread { control.terminate() }  // from anywhere, at any time
  try proxy(frontend: frontend, backend: backend, control: control)
  // snippet.hide
}
