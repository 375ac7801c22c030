import ZeroMQ

struct Service: Sendable {
  // expected-error@+1 {{stored property 'socket' of 'Sendable'-conforming struct 'Service' has non-Sendable type 'RepSocket'}}
  let socket: RepSocket
}
