//! CURVE, from both sides.

import ZeroMQ

func createKeys() throws {
  // snippet.show
  try CurveCertificate(try CurveKeyPair(), metadata: ["name": "server"]).write(to: "keys/server.key")
  // snippet.hide
}

func serve(_ context: Context) throws {
  // snippet.show
  let certificate = try CurveCertificate(readingFrom: "keys/server.key_secret")
  guard let secretKey = certificate.secretKey else { return }
  let authenticator = try Authenticator(context)
  authenticator.serve("backend", by: try .certificates(in: "keys/clients"))

  let server = try context.socket(.rep)
  try server.secure(.curveServer(secretKey: secretKey, clients: .authenticated(domain: "backend")))
  try server.set(.maximumMessageSize, to: 1 << 20)
  try server.bind("tcp://*:5555")
  // snippet.hide
}

func connect(_ context: Context) throws {
  // snippet.show
  let serverKey = try CurveCertificate(readingFrom: "keys/server.key").publicKey
  let keys = try CurveKeyPair()
  let client = try context.socket(.req)
  try client.secure(.curveClient(serverKey: serverKey, keys: keys))
  try client.connect("tcp://127.0.0.1:5555")
  // snippet.hide
}

func identify(_ server: RepSocket) throws {
  // snippet.show
  let request = try server.receive()
  print(request.metadata(.userID) ?? "unknown")
  // snippet.hide
}
