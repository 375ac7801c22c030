#if canImport(Darwin)
  private import Darwin
#elseif canImport(Musl)
  private import Musl
#else
  private import Glibc
#endif

/// How many processors the machine has.
var processorCount: Int { sysconf(Int32(_SC_NPROCESSORS_CONF)) }
