// Self-test of the update of three frames: sends one from a DEALER to another, and compares.
//
// Run it alone. Arguments: -v prints the messages.
import Clone
import GuideSupport
import ZeroMQ

let isVerbose = CommandLine.arguments.contains("-v")
let context = try Context()
let output = try context.socket(.dealer)
try output.bind("ipc://kvmsg_selftest.ipc")
let input = try context.socket(.dealer)
try input.connect("ipc://kvmsg_selftest.ipc")

print("* kvsimple:", terminator: isVerbose ? "\n" : " ")
let sent = KeyValue(key: "key", sequence: 1, body: "body")
let message = sent.message(.simple)
if isVerbose { print(message.dump()) }
try output.send(message)
guard let reply = try input.receive(timeout: .seconds(5)) else { fatalError("nothing came back") }
if isVerbose { print(reply.dump()) }
guard let received = KeyValue(reply, .simple), received == sent else { fatalError("another update: \(reply)") }
print("OK")
