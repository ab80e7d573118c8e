import { Dialog } from '@base-ui/react/dialog';
import { type FormEvent, useState } from 'react';
import type { TunnelView } from '../../shared/tunnel.ts';
import { explain } from '../problems.ts';
import { KeyringQuestion } from '../sources/KeyringQuestion.tsx';
import sources from '../sources/Sources.module.css';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import popups from '../ui/Popups.module.css';
import { choiceOf, formOf, mistakesIn } from './choice.ts';
import { WayInFields } from './WayInFields.tsx';

type Props = { tunnel: TunnelView; onClose: () => void };

export function WayInDialog({ tunnel, onClose }: Props) {
  const [form, setForm] = useState(() => formOf(tunnel));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [asksForKeyring, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);

  const submit = async (withoutKeyring: boolean) => {
    setBusy(true);
    setErrors({});
    try {
      const outcome = await ask('changeTunnel', { choice: choiceOf(form), withoutKeyring });
      if (outcome.status === 'done') return onClose();
      const { problem } = outcome;
      setAsks(problem.code === 'keyring-missing');
      if (problem.code === 'invalid') setErrors({ [problem.field]: problem.message });
      else if (problem.code !== 'keyring-missing') {
        const { title, remedy } = explain(problem, () => 'this source');
        setErrors({ form: `${title}. ${remedy}` });
      }
    } catch (error) {
      console.error(error);
      setErrors({ form: 'Something that was entered cannot be used. Look at the fields again.' });
    } finally {
      setBusy(false);
    }
  };

  const send = (event: FormEvent) => {
    event.preventDefault();
    const mistakes = mistakesIn(form);
    setErrors(mistakes);
    if (Object.keys(mistakes).length === 0) void submit(false);
  };

  return (
    <Dialog.Portal>
      <Dialog.Backdrop className={popups.backdrop} />
      <Dialog.Popup className={popups.dialog}>
        <div className={popups.head}>
          <Dialog.Title>{asksForKeyring ? 'No keyring' : 'The public way in'}</Dialog.Title>
        </div>
        {asksForKeyring ? (
          <KeyringQuestion
            busy={busy}
            onKeep={() => void submit(true)}
            onBack={() => setAsks(false)}
          />
        ) : (
          <form className={sources.form} onSubmit={send}>
            <div className={popups.body}>
              <WayInFields
                form={form}
                errors={errors}
                hasAuthtoken={tunnel.kind === 'ngrok' && tunnel.hasAuthtoken}
                onChange={(change) => setForm({ ...form, ...change })}
              />
            </div>
            <div className={popups.foot}>
              <Button onClick={onClose}>Cancel</Button>
              <Button look="primary" submits disabled={busy}>
                {form.kind === 'none' ? 'Save' : 'Connect'}
              </Button>
            </div>
          </form>
        )}
      </Dialog.Popup>
    </Dialog.Portal>
  );
}
