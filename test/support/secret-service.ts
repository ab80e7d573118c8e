import { Message, type MessageBus, MessageType, sessionBus, Variant } from '@jellybrick/dbus-next';
import * as z from 'zod/mini';

/** `silent` owns its name and never answers; `locked` answers, and the person does not unlock it. */
export type SecretTemper = 'well' | 'silent' | 'locked';

export type SecretService = {
  /** Changes how it behaves from now on. Calls that it left open stay open. */
  readonly become: (temper: SecretTemper) => void;
  /** The name of every method that was called. */
  readonly calls: readonly string[];
  readonly close: () => Promise<void>;
};

const name = 'org.freedesktop.secrets';
const root = '/org/freedesktop/secrets';
const collection = `${root}/collection/login`;
const alias = `${root}/aliases/default`;
const session = `${root}/session/1`;

const attributesName = 'org.freedesktop.Secret.Item.Attributes';
const Attributes = z.record(z.string(), z.string());
export type Item = {
  readonly path: string;
  readonly attributes: z.infer<typeof Attributes>;
  secret: Uint8Array;
};

/** A reply's signature and values; null where there is no such method. */
type Reply = { readonly signature: string; readonly body: unknown[] };
const reply = (signature: string, ...body: unknown[]): Reply => ({ signature, body });

/**
 * A Secret Service on the session bus, with as much of the specification as libsecret needs
 * (specifications.freedesktop.org/secret-service): one collection, secrets in the clear. `items` outlives it, as a keyring's file does.
 */
export const openSecretService = async (
  temper: SecretTemper,
  items: Item[] = [],
): Promise<SecretService> => {
  const bus: MessageBus = sessionBus();
  const calls: string[] = [];
  let current = temper;

  const found = (wanted: unknown): Item[] => {
    const attributes = Object.entries(Attributes.parse(wanted));
    return items.filter((item) =>
      attributes.every(([key, value]) => item.attributes[key] === value),
    );
  };
  const isLocked = () => current === 'locked';
  const pathsOf = (some: readonly Item[]) => some.map(({ path }) => path);
  const secretOf = ({ secret }: Item) => [
    session,
    Buffer.alloc(0),
    Buffer.from(secret),
    'text/plain',
  ];

  const ofService = (member: string, [first]: readonly unknown[]): Reply | null => {
    switch (member) {
      case 'OpenSession':
        return first === 'plain' ? reply('vo', new Variant('s', ''), session) : null;
      case 'ReadAlias':
        return reply('o', collection);
      case 'SearchItems':
        return isLocked()
          ? reply('aoao', [], pathsOf(found(first)))
          : reply('aoao', pathsOf(found(first)), []);
      case 'Unlock':
        return isLocked() ? reply('aoo', [], `${root}/prompt/1`) : reply('aoo', first, '/');
      case 'Prompt':
      case 'Close':
        return reply('');
      case 'GetSecrets':
        return reply(
          'a{o(oayays)}',
          Object.fromEntries(items.map((item) => [item.path, secretOf(item)])),
        );
      default:
        return null;
    }
  };

  const ofCollection = (member: string, [first, second]: readonly unknown[]): Reply | null => {
    if (member === 'SearchItems') return reply('ao', pathsOf(found(first)));
    if (member !== 'CreateItem') return null;
    const properties = z.record(z.string(), z.instanceof(Variant)).parse(first);
    const [, , secret] = z
      .tuple([z.string(), z.unknown(), z.instanceof(Uint8Array), z.string()])
      .parse(second);
    const attributes = Attributes.parse(properties[attributesName]?.value ?? {});
    const item = { path: `${collection}/${items.length + 1}`, attributes, secret };
    items.push(item);
    return reply('oo', item.path, '/');
  };

  const propertiesAt = (path: string): Record<string, Variant> => {
    const described = { Label: new Variant('s', 'made up'), Locked: new Variant('b', isLocked()) };
    const dated = { Created: new Variant('t', 0n), Modified: new Variant('t', 0n) };
    if (path === root) return { Collections: new Variant('ao', [collection]) };
    if (path === collection || path === alias)
      return { ...described, ...dated, Items: new Variant('ao', pathsOf(items)) };
    const item = items.find((one) => one.path === path);
    return { ...described, ...dated, Attributes: new Variant('a{ss}', item?.attributes ?? {}) };
  };

  const answer = ({ path = '', member = '', interface: of, body }: Message): Reply | null => {
    if (of === 'org.freedesktop.DBus.Properties') {
      const properties = propertiesAt(path);
      const one = properties[String(body[1])];
      if (member === 'GetAll') return reply('a{sv}', properties);
      return member === 'Get' && one ? reply('v', one) : null;
    }
    if (path === collection || path === alias) return ofCollection(member, body);
    const item = items.find((one) => one.path === path);
    if (item && member === 'GetSecret') return reply('(oayays)', secretOf(item));
    return ofService(member, body);
  };

  bus.addMethodHandler((message: Message) => {
    if (message.type !== MessageType.METHOD_CALL || !message.path?.startsWith(root)) return false;
    calls.push(message.member ?? '');
    // The caller is left waiting.
    if (current === 'silent') return true;
    const found = answer(message);
    bus.send(
      found
        ? Message.newMethodReturn(message, found.signature, found.body)
        : Message.newError(message, 'org.freedesktop.DBus.Error.NotSupported', 'not supported'),
    );
    return true;
  });
  await bus.requestName(name, 0);

  return {
    become: (next) => {
      current = next;
    },
    calls,
    close: async () => {
      await bus.releaseName(name);
      bus.disconnect();
    },
  };
};
