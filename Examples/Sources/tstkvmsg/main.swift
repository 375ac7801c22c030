// Self-test of the update of five frames: sends one from a DEALER to another, and compares.
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

print("* kvmsg:", terminator: isVerbose ? "\n" : " ")
var sent = KeyValue(key: "key", sequence: 1, body: "body")
sent.uuid = KeyValue.newUUID()
for (name, value) in [("prop1", "value1"), ("prop2", "value1"), ("prop2", "value2")] { sent.properties[name] = value }
let message = sent.message(.full)
if isVerbose { print(message.dump()) }
try output.send(message)
guard let reply = try input.receive(timeout: .seconds(5)) else { fatalError("nothing came back") }
if isVerbose { print(reply.dump()) }
guard let received = KeyValue(reply, .full), received == sent else { fatalError("another update: \(reply)") }
guard received.properties == ["prop1": "value1", "prop2": "value2"] else { fatalError("other properties: \(received.properties)") }
print("OK")
