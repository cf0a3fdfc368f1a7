import type { EngineService } from '../../../src/common/engineProtocol';
import type { Handlers } from '../../../src/common/rpc';

/** An engine that answers a few methods; any other fails when it is called. */
export function someHandlers(given: Partial<Handlers<EngineService>>): Handlers<EngineService> {
  return new Proxy(given as Handlers<EngineService>, {
    get: (handlers, name: keyof EngineService) =>
      Object.hasOwn(handlers, name) ? handlers[name] : () => Promise.reject(new Error(`${name} is not part of the test`)),
  });
}
