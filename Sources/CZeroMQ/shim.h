#ifndef CZEROMQ_SHIM_H
#define CZEROMQ_SHIM_H

#include <zmq.h>

#if ZMQ_VERSION < ZMQ_MAKE_VERSION(4, 3, 0)
#error "swift-zeromq needs libzmq 4.3 or newer (libzmq3-dev on Debian, zeromq on Homebrew)"
#endif

#endif
