import type { FormField } from '../../shared/problem.ts';
import { AppPlace } from '../outside/AppPlace.tsx';
import { Segments } from '../ui/Segments.tsx';
import { TextField } from '../ui/TextField.tsx';
import type { Errors } from '../use-submit.ts';
import type { PublicUrlForm } from './choice.ts';
import styles from './PublicUrl.module.css';

type Props = {
  form: PublicUrlForm;
  errors: Errors<FormField>;
  hasAuthtoken: boolean;
  onChange: (change: Partial<PublicUrlForm>) => void;
};

export function PublicUrlFields(props: Props) {
  const { form, errors, onChange } = props;
  return (
    <div className={styles.fields}>
      <Segments
        label="The public way in"
        value={form.kind}
        onChange={(kind) => onChange({ kind })}
        choices={[
          { value: 'none', label: 'Local only' },
          { value: 'ngrok', label: 'ngrok' },
          { value: 'custom', label: 'Own URL' },
        ]}
      />
      {form.kind === 'none' ? (
        <p>Only programs of this computer, such as the simulator, can reach the receiver.</p>
      ) : null}
      {form.kind === 'custom' ? (
        <TextField
          label="Public URL"
          hint="Where your own proxy or tunnel leads to this computer's receiver."
          value={form.publicUrl}
          onChange={(publicUrl) => onChange({ publicUrl })}
          error={errors.publicUrl}
        />
      ) : null}
      {form.kind === 'ngrok' ? <NgrokFields {...props} /> : null}
      {errors.form ? (
        <p className={styles.failed} role="alert">
          {errors.form}
        </p>
      ) : null}
    </div>
  );
}

function NgrokFields(props: Props) {
  const { form, errors, hasAuthtoken, onChange } = props;
  return (
    <>
      <ol className={styles.steps}>
        <li>Sign in at dashboard.ngrok.com. The free plan is enough.</li>
        <li>Copy the authtoken from “Your Authtoken” and paste it here.</li>
        <li>
          The account has one domain, listed under “Domains”. Enter it, or leave the field empty:
          the free plan always gives the same one.
        </li>
      </ol>
      <AppPlace at="ngrok" />
      <TextField
        label="Authtoken"
        secret
        optional={hasAuthtoken}
        hint={
          hasAuthtoken ? 'One is set and is never shown. Leave it empty to keep it.' : undefined
        }
        value={form.authtoken}
        onChange={(authtoken) => onChange({ authtoken })}
        error={errors.authtoken}
      />
      <TextField
        label="Domain"
        optional
        value={form.domain}
        onChange={(domain) => onChange({ domain })}
        error={errors.domain}
      />
      <IngressFields {...props} />
    </>
  );
}

const IngressFields = ({ form, errors, onChange }: Props) => (
  <details className={styles.more}>
    <summary>Custom ingress</summary>
    <TextField
      label="Server address"
      optional
      hint="host:port"
      value={form.serverAddress}
      onChange={(serverAddress) => onChange({ serverAddress })}
      error={errors.serverAddress}
    />
    <TextField
      label="Root CA"
      optional
      hint="The path of a PEM file."
      value={form.rootCa}
      onChange={(rootCa) => onChange({ rootCa })}
      error={errors.rootCa}
    />
    <Segments
      label="What is not for our endpoints"
      value={form.closedAtEdge ? 'closed' : 'open'}
      onChange={(edge) => onChange({ closedAtEdge: edge === 'closed' })}
      choices={[
        { value: 'closed', label: 'Refused by ngrok' },
        { value: 'open', label: 'Refused here' },
      ]}
    />
  </details>
);
