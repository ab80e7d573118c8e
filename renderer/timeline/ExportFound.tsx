import { Menu } from '@base-ui/react/menu';
import { ChevronDown, Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { count } from '../../shared/english.ts';
import type { Format } from '../export/use-export.ts';
import popups from '../ui/Popups.module.css';
import styles from './SearchLine.module.css';

type Props = {
  /** Null while the whole history has not been searched. */
  events: number | null;
  busy: boolean;
  onExport: (format: Format) => void;
};

export const ExportFound = ({ events, busy, onExport }: Props) => (
  <Menu.Root modal={false}>
    <Menu.Trigger className={styles.action} aria-label="Export what was found">
      <Download size={14} aria-hidden="true" />
      {busy ? 'Exporting…' : 'Export'}
      <ChevronDown size={14} aria-hidden="true" />
    </Menu.Trigger>
    <Menu.Portal>
      <Menu.Positioner className={popups.positioner} align="end" sideOffset={4}>
        <Menu.Popup className={popups.menu}>
          <Menu.Group>
            <Menu.GroupLabel className={popups.group}>
              {events === null ? 'Everything that fits' : `${count(events, 'event')} found`}
            </Menu.GroupLabel>
            <Choice hint="Whole, can be imported" busy={busy} onExport={onExport} format="jsonl">
              JSON Lines
            </Choice>
            <Choice hint="CSV for a spreadsheet" busy={busy} onExport={onExport} format="csv">
              Table
            </Choice>
          </Menu.Group>
        </Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  </Menu.Root>
);

type ChoiceProps = Omit<Props, 'events'> & { format: Format; hint: string; children: ReactNode };

const Choice = ({ format, hint, busy, onExport, children }: ChoiceProps) => (
  <Menu.Item className={popups.item} disabled={busy} onClick={() => onExport(format)}>
    <span className={popups.grow}>{children}</span>
    <span className={popups.hint}>{hint}</span>
  </Menu.Item>
);
