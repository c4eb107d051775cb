import workerAddress from './worker.ts?worker&url';

/** Under Trusted Types a worker's address must come from a policy. This one knows a single address. */
interface AddressPolicy {
  createScriptURL(address: string): string;
}

interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): AddressPolicy;
}

let policy: AddressPolicy | undefined;

/** Starts the engine's worker. */
export function startWorker(): Worker {
  policy ??= addressPolicy();
  return new Worker(policy.createScriptURL(workerAddress), { type: 'module', name: 'chalkgrad' });
}

function addressPolicy(): AddressPolicy {
  const rules = {
    createScriptURL(address: string): string {
      if (address !== workerAddress) throw new TypeError('Only the engine may run in a worker.');
      return address;
    },
  };
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypesFactory };
  return trustedTypes ? trustedTypes.createPolicy('chalkgrad', rules) : rules;
}
