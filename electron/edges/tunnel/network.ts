import { networkInterfaces } from 'node:os';

/** Networks inside this computer, which come and go with containers and virtual machines. */
const inside = /^(veth|docker|br-|virbr|vmnet|vboxnet|vEthernet|lxc|cni|flannel)/i;

/** The addresses this computer has on its networks; not its own names for itself, and none of a link alone. */
export const networkAddresses = (): string[] =>
  Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    inside.test(name)
      ? []
      : addresses
          .filter(({ internal, scopeid }) => !internal && !scopeid)
          .map(({ address }) => address),
  );
