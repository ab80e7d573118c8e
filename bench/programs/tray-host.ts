import { Message, MessageType, sessionBus, Variant } from '@jellybrick/dbus-next';

// A desktop's tray: without one, a hidden app opens a minimised window after a while.
const bus = sessionBus();

bus.addMethodHandler((message: Message) => {
  if (message.type !== MessageType.METHOD_CALL || message.path !== '/StatusNotifierWatcher')
    return false;
  bus.send(
    message.member === 'Get'
      ? Message.newMethodReturn(message, 'v', [new Variant('b', true)])
      : Message.newMethodReturn(message),
  );
  return true;
});
await new Promise<void>((resolve) => bus.once('connect', resolve));
await bus.requestName('org.kde.StatusNotifierWatcher', 0);
process.send?.('ready');
