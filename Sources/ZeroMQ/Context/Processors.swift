private import CZeroMQ

/// How many processors the machine has.
var processorCount: Int { sysconf(Int32(_SC_NPROCESSORS_CONF)) }
