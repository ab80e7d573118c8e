import { Toggle } from '@base-ui/react/toggle';
import { Plus, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import type { QuietHours, QuietSpan } from '../../shared/quiet-hours.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { useFocusAfterRemoval } from '../ui/focus.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Card, Line } from '../ui/Page.tsx';
import { Segments } from '../ui/Segments.tsx';
import type { Change } from './change.ts';
import styles from './Notifications.module.css';
import { useChosen } from './use-chosen.ts';

type Props = { quietHours: QuietHours; onChange: Change };

const spansAtMost = 10;
const days = [
  { day: 1, short: 'Mon', long: 'Monday' },
  { day: 2, short: 'Tue', long: 'Tuesday' },
  { day: 3, short: 'Wed', long: 'Wednesday' },
  { day: 4, short: 'Thu', long: 'Thursday' },
  { day: 5, short: 'Fri', long: 'Friday' },
  { day: 6, short: 'Sat', long: 'Saturday' },
  { day: 7, short: 'Sun', long: 'Sunday' },
];
const fresh: QuietSpan = { days: days.map(({ day }) => day), from: '22:00', to: '07:00' };

/** Weekdays and times; every change is saved at once. */
export function QuietHoursEditor({ quietHours, onChange }: Props) {
  const [shown, choose] = useChosen(quietHours, (next) => onChange(ask('changeQuietHours', next)));
  const change = (part: Partial<QuietHours>) => choose({ ...shown, ...part });
  const { on, spans, admitsGrave } = shown;
  const more = useRef<HTMLDivElement>(null);
  useFocusAfterRemoval(spans.length, more);
  const replace = (at: number, span: QuietSpan) =>
    change({ spans: spans.map((one, place) => (place === at ? span : one)) });

  return (
    <Card>
      <OnOff value={on} onChange={(chosen) => change({ on: chosen })} />
      {on ? (
        <>
          {Object.entries(spans).map(([place, span]) => (
            <Span
              key={place}
              number={Number(place) + 1}
              span={span}
              onChange={(next) => replace(Number(place), next)}
              onRemove={
                spans.length > 1
                  ? () => change({ spans: spans.filter((one) => one !== span) })
                  : null
              }
            />
          ))}
          <div ref={more} className={styles.more} tabIndex={-1}>
            <Button
              small
              icon={<Plus size={14} />}
              disabled={spans.length >= spansAtMost}
              onClick={() => change({ spans: [...spans, fresh] })}
            >
              Add a time
            </Button>
          </div>
          <BreakThrough
            value={admitsGrave}
            onChange={(chosen) => change({ admitsGrave: chosen })}
          />
        </>
      ) : null}
    </Card>
  );
}

type SwitchProps = { value: boolean; onChange: (value: boolean) => void };

const OnOff = ({ value, onChange }: SwitchProps) => (
  <Line
    label="Hold notifications back"
    hint="By the time of this computer, also when its clock or time zone changes."
  >
    <Segments
      label="Quiet hours"
      value={value ? 'on' : 'off'}
      onChange={(chosen) => onChange(chosen === 'on')}
      choices={[
        { value: 'on', label: 'On' },
        { value: 'off', label: 'Off' },
      ]}
    />
  </Line>
);

const BreakThrough = ({ value, onChange }: SwitchProps) => (
  <Line
    label="Failures and NFTs break through"
    hint="Failures, and NFTs sent or received, notify in quiet hours too."
  >
    <Segments
      label="Failures and NFTs break through"
      value={value ? 'on' : 'off'}
      onChange={(chosen) => onChange(chosen === 'on')}
      choices={[
        { value: 'on', label: 'Yes' },
        { value: 'off', label: 'No' },
      ]}
    />
  </Line>
);

type SpanProps = {
  number: number;
  span: QuietSpan;
  onChange: (span: QuietSpan) => void;
  onRemove: (() => void) | null;
};

function Span({ number, span, onChange, onRemove }: SpanProps) {
  const { from, to } = span;
  const toggle = (day: number) => {
    const chosen = span.days.includes(day)
      ? span.days.filter((one) => one !== day)
      : [...span.days, day].sort((one, other) => one - other);
    // A time without a day would never be.
    if (chosen.length > 0) onChange({ ...span, days: chosen });
  };

  return (
    <fieldset className={styles.span} aria-label={`Quiet time ${number}`}>
      <div className={styles.when}>
        <div className={styles.days}>
          {days.map(({ day, short, long }) => (
            <Toggle
              key={day}
              className={styles.day}
              title={long}
              pressed={span.days.includes(day)}
              onPressedChange={() => toggle(day)}
            >
              {short}
            </Toggle>
          ))}
        </div>
        <div className={styles.times}>
          <TimeField
            label="From"
            value={from}
            onChange={(time) => onChange({ ...span, from: time })}
          />
          <TimeField label="To" value={to} onChange={(time) => onChange({ ...span, to: time })} />
          {to <= from ? <span className={styles.next}>the next day</span> : null}
        </div>
      </div>
      {onRemove ? (
        <IconButton label={`Remove quiet time ${number}`} onClick={onRemove}>
          <Trash2 size={16} />
        </IconButton>
      ) : null}
    </fieldset>
  );
}

type TimeProps = { label: string; value: string; onChange: (time: string) => void };

const TimeField = ({ label, value, onChange }: TimeProps) => (
  <label>
    {label}
    <input
      type="time"
      required
      value={value}
      onChange={({ target }) => {
        // Empty while a part of it is missing.
        if (target.value !== '') onChange(target.value.slice(0, 5));
      }}
    />
  </label>
);
