private import CZeroMQ

/// The number of the machine's processors.
var processorCount: Int { sysconf(Int32(_SC_NPROCESSORS_CONF)) }
