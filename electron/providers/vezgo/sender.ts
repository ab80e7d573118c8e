import { isInRanges } from '../../addresses.ts';
import { type Delivery, headerValues } from '../../delivery.ts';
import { cleaned, cutTo } from '../../text.ts';
import { type Rejected, rejected, sameBytes, sha256, type Verdict } from '../../verdict.ts';
import type { Credentials } from '../provider.ts';
import { publishedAddresses } from './address.ts';

/** Vezgo signs nothing: only its client id, which is no secret, and the sender's address can be checked. */
export function checkSender(delivery: Delivery, credentials: Credentials): Verdict {
  const clientId = clientIdOf(delivery, credentials.clientId);
  if (typeof clientId === 'object') return clientId;

  const address = addressOf(delivery, credentials.allowedAddresses);
  if (typeof address === 'object') return address;

  return { status: 'trusted', clientId, address };
}

function clientIdOf(delivery: Delivery, wanted: string | null): 'matched' | 'not-used' | Rejected {
  if (wanted === null) return 'not-used';

  const [value, ...more] = headerValues(delivery, 'x-client-id');
  if (value === undefined) return rejected('client-id-missing');
  if (more.length > 0) return rejected('client-id-wrong', 401, 'more than one client id');
  const given = sha256(Buffer.from(value, 'latin1'));
  return sameBytes(given, sha256(wanted)) ? 'matched' : rejected('client-id-wrong');
}

/**
 * The published addresses are enforced only where the sender's address is known. The person's own list is always enforced: without a trusted
 * proxy, the peer is the sender.
 */
function addressOf(
  { senderAddress, peerAddress }: Delivery,
  allowed: Credentials['allowedAddresses'],
): 'allowed' | 'unknown' | 'not-used' | Rejected {
  if (allowed !== null && allowed.length === 0) return 'not-used';
  if (allowed === null && senderAddress === null) return 'unknown';

  const sender = senderAddress ?? peerAddress;
  return isInRanges(sender, allowed ?? publishedAddresses)
    ? 'allowed'
    : rejected(
        'address-not-allowed',
        403,
        `sent from ${cutTo(cleaned(sender), 45) || 'nowhere known'}`,
      );
}
