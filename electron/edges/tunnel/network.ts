import { networkInterfaces } from 'node:os';

/** Networks inside this computer, which come and go with containers and virtual machines. */
const inside = /^(veth|docker|br-|virbr|vmnet|vboxnet|vEthernet|lxc|cni|flannel)/i;

/** This computer's addresses on its networks, without loopback and link-local ones. */
export const networkAddresses = (): string[] =>
  Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    inside.test(name)
      ? []
      : addresses
          .filter(({ internal, scopeid }) => !internal && !scopeid)
          .map(({ address }) => address),
  );
