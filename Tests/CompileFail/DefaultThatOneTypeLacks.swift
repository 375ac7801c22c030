import ZeroMQ

func configure(_ configuration: inout Context.Configuration) {
  // expected-error@+1 {{only ROUTER has this option; generic code needs Kind: RoutingKind}}
  configuration.setDefault(.routerMandatory, to: true)
  // expected-error@+1 {{only ROUTER has this option; generic code needs Kind: RoutingKind}}
  configuration.setDefault(.routerMandatory, to: true, for: .dealer)
}
