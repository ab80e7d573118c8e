import { Menu } from '@base-ui/react/menu';
import { Check, CheckCheck, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { type RowKind, rowKinds } from '../../shared/kinds.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import type { TimelineFilter } from '../../shared/timeline.ts';
import { Button } from '../ui/Button.tsx';
import popups from '../ui/Popups.module.css';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import { kindIcons, kindLabel } from './kind-icons.ts';
import styles from './Toolbar.module.css';

type Props = {
  filter: TimelineFilter;
  providers: ProviderInfo[];
  sources: Source[];
  unseen: number;
  onFilter: (change: Partial<TimelineFilter>) => void;
  onAllSeen: () => void;
};

const toggled = <T,>(list: T[], item: T): T[] =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item];

export function Toolbar({ filter, providers, sources, unseen, onFilter, onAllSeen }: Props) {
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Filter">
      <FilterMenu label="From" active={filter.providers.length > 0 || filter.sourceId !== null}>
        {providers.map((provider) => (
          <Choice
            key={provider.id}
            checked={filter.providers.includes(provider.id)}
            icon={<ProviderMark provider={provider.id} providers={providers} size={18} />}
            onChange={() => onFilter({ providers: toggled(filter.providers, provider.id) })}
          >
            {provider.name}
          </Choice>
        ))}
        {sources.length > 1 ? (
          <Menu.Group>
            <Menu.GroupLabel className={popups.group}>Only one source</Menu.GroupLabel>
            {sources.map(({ id, name, provider }) => (
              <Choice
                key={id}
                icon={<ProviderMark provider={provider} providers={providers} size={18} />}
                checked={filter.sourceId === id}
                onChange={() => onFilter({ sourceId: filter.sourceId === id ? null : id })}
              >
                {name}
              </Choice>
            ))}
          </Menu.Group>
        ) : null}
      </FilterMenu>
      <FilterMenu label="Kind" active={filter.kinds.length > 0}>
        {rowKinds.map((kind) => (
          <Choice
            key={kind}
            checked={filter.kinds.includes(kind)}
            icon={<KindIcon kind={kind} />}
            onChange={() => onFilter({ kinds: toggled(filter.kinds, kind) })}
          >
            {kindLabel(kind)}
          </Choice>
        ))}
      </FilterMenu>
      <button
        type="button"
        className={styles.toggle}
        aria-pressed={filter.unseenOnly}
        onClick={() => onFilter({ unseenOnly: !filter.unseenOnly })}
      >
        Unread only
      </button>
      <span className={styles.space} />
      {unseen > 0 ? (
        <Button look="quiet" small icon={<CheckCheck size={16} />} onClick={onAllSeen}>
          Mark all as read
        </Button>
      ) : (
        <span className={styles.quiet}>All read</span>
      )}
    </div>
  );
}

function KindIcon({ kind }: { kind: RowKind }) {
  const Icon = kindIcons[kind];
  return <Icon size={16} aria-hidden="true" />;
}

type MenuProps = { label: string; active: boolean; children: ReactNode };

function FilterMenu({ label, active, children }: MenuProps) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className={styles.toggle} data-active={active || undefined}>
        {label}
        <ChevronDown size={14} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={popups.positioner} align="start" sideOffset={4}>
          <Menu.Popup className={popups.menu}>{children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

type ChoiceProps = {
  checked: boolean;
  icon?: ReactNode;
  onChange: () => void;
  children: string;
};

function Choice({ checked, icon, onChange, children }: ChoiceProps) {
  return (
    <Menu.CheckboxItem className={popups.item} checked={checked} onCheckedChange={onChange}>
      <span className={popups.check}>{checked ? <Check size={12} strokeWidth={3} /> : null}</span>
      {icon}
      <span className={popups.grow}>{children}</span>
    </Menu.CheckboxItem>
  );
}
