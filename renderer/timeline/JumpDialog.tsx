import { useState } from 'react';
import { useToday } from '../clock.ts';
import { navigationStore, showJump } from '../navigation.ts';
import { useStore } from '../store.ts';
import { dayName, startOfDay } from '../time.ts';
import { Button } from '../ui/Button.tsx';
import { Modal, ModalBody, ModalFoot, ModalForm } from '../ui/Modal.tsx';
import { TextField } from '../ui/TextField.tsx';
import { timeline } from './timeline.ts';

export const Jump = () => (useStore(navigationStore).jumping ? <JumpDialog /> : null);

/** The first instant of a day such as 2026-11-20, in local time; null where it is none. */
function dayOf(text: string): number | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return null;
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  return date.getDate() === Number(day) ? date.getTime() : null;
}

/** Goes to a day of the timeline. Of a day without events it says so, and stays open for another. */
function JumpDialog() {
  const today = useToday();
  const [text, setText] = useState('');
  const [said, setSaid] = useState<string | undefined>();

  const go = async () => {
    const start = dayOf(text);
    if (start === null) return setSaid('Enter a day');
    const jumped = await timeline.jumpTo(startOfDay(start));
    if (jumped === 'there') return showJump(false);
    const day = dayName(start, today);
    setSaid(
      jumped === 'nothing-before'
        ? `Nothing came on ${day} or before`
        : `Nothing came on ${day}; the event before it is selected`,
    );
  };

  return (
    <Modal title="Go to a day" kind="notice" width={360} onClose={() => showJump(false)}>
      <ModalForm onSubmit={() => void go().catch(console.error)}>
        <ModalBody>
          <TextField
            label="Day"
            type="date"
            value={text}
            error={said}
            onChange={(value) => {
              setText(value);
              setSaid(undefined);
            }}
          />
        </ModalBody>
        <ModalFoot>
          <Button onClick={() => showJump(false)}>Close</Button>
          <Button look="primary" submits>
            Go
          </Button>
        </ModalFoot>
      </ModalForm>
    </Modal>
  );
}
