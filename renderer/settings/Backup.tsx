import { Card, Line } from '../ui/Page.tsx';
import { RestoreSettings } from './RestoreSettings.tsx';
import { SaveSettings } from './SaveSettings.tsx';

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
