//! Data and JSON.

import Foundation
import ZeroMQ
import ZeroMQFoundationCompat

struct Request: Codable { var name: String }

func exchange(_ socket: RouterSocket, _ id: Frame, _ data: Data, _ request: Request) throws {
  // snippet.show
  try socket.send(id, "", data)  // Data is a part
  try socket.send(id, "", Frame(json: request))
  let message = try socket.receive()
  let body = Data(message[2])  // one copy
  let value = try message[2].decode(Request.self)  // reads the bytes in place
  // snippet.hide
  print(body, value)
}
