//! A CURVE server that accepts clients by their keys, and its client.

import ZeroMQ

func connect(
  _ context: Context, _ serverKeys: CurveKeyPair, _ clientKeys: CurveKeyPair, _ clientKey: CurvePublicKey
) throws {
  // snippet.show
  let authenticator = try Authenticator(context)
  authenticator.serve("backend", by: .keys([clientKey]))
  let server = try context.socket(.rep)
  try server.secure(.curveServer(secretKey: serverKeys.secretKey, clients: .authenticated(domain: "backend")))
  try server.bind("tcp://*:5555")

  let client = try context.socket(.req)
  try client.secure(.curveClient(serverKey: serverKeys.publicKey, keys: clientKeys))
  try client.connect("tcp://127.0.0.1:5555")
  // snippet.hide
}
