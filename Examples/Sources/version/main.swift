// Reports the version of libzmq that the program runs with.
import ZeroMQ

print("Current 0MQ version is \(LibZMQ.version)")
