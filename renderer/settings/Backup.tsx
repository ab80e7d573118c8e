import { Card, Line } from '../ui/Page.tsx';
import { RestoreSettings } from './RestoreSettings.tsx';
import { SaveSettings } from './SaveSettings.tsx';

/** The settings as a file that anyone may see, and back from it. */
export const Backup = () => (
  <Card>
    <Line
      label="Save settings"
      hint="Sources, public way in, appearance, notifications and how long events are kept, in one file. No secret, token or authtoken is in it."
    >
      <SaveSettings />
    </Line>
    <RestoreSettings />
  </Card>
);
