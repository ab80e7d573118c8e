import { Menu } from '@base-ui/react/menu';
import { Archive, Bookmark, CalendarDays, Check, ChevronDown, Pin, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { number } from '../../shared/english.ts';
import { type RowKind, rowKinds } from '../../shared/kinds.ts';
import { type FilterKey, hasFilter, isFiltering, type Query } from '../../shared/query.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { showJump, showSearches } from '../navigation.ts';
import { appStore } from '../state.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { keyFor } from '../ui/key-table.ts';
import popups from '../ui/Popups.module.css';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import { kindIcons, kindLabel } from './kind-icons.ts';
import styles from './Toolbar.module.css';
import { timeline } from './timeline.ts';
import { useUnread } from './use-unread.ts';

type Props = {
  query: Query;
  /** What the list is the answer to. */
  asked: string;
  providers: ProviderInfo[];
  sources: Source[];
  unseen: number;
  onToggle: (key: FilterKey, value: string) => void;
  onAllSeen: () => void;
};

export function Toolbar(props: Props) {
  const { query, providers, sources, onToggle } = props;
  const has = (key: FilterKey): boolean =>
    query.parts.some((part) => part.what === 'names' && part.key === key);
  const choice = (key: FilterKey, value: string) => ({
    checked: hasFilter(query, key, value),
    onChange: () => onToggle(key, value),
  });

  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Filter">
      <FilterMenu label="From" active={has('provider') || has('source')}>
        {providers.map(({ id, name }) => (
          <Choice
            key={id}
            icon={<ProviderMark provider={id} providers={providers} size={18} />}
            {...choice('provider', id)}
          >
            {name}
          </Choice>
        ))}
        {sources.length > 1 ? (
          <Menu.Group>
            <Menu.GroupLabel className={popups.group}>Sources</Menu.GroupLabel>
            {sources.map(({ id, name, provider }) => (
              <Choice
                key={id}
                icon={<ProviderMark provider={provider} providers={providers} size={18} />}
                {...choice('source', name)}
              >
                {name}
              </Choice>
            ))}
          </Menu.Group>
        ) : null}
      </FilterMenu>
      <FilterMenu label="Kind" active={has('kind')}>
        {rowKinds.map((kind) => (
          <Choice key={kind} icon={<KindIcon kind={kind} />} {...choice('kind', kind)}>
            {kindLabel(kind)}
          </Choice>
        ))}
      </FilterMenu>
      <button
        type="button"
        className={styles.toggle}
        aria-pressed={hasFilter(query, 'is', 'unread')}
        onClick={() => onToggle('is', 'unread')}
      >
        Unread
      </button>
      <MoreMenu query={query} choice={choice} />
      <span className={styles.space} />
      <AllSeen {...props} />
    </div>
  );
}

type MoreProps = {
  query: Query;
  choice: (key: FilterKey, value: string) => Pick<ChoiceProps, 'checked' | 'onChange'>;
};

const MoreMenu = ({ query, choice }: MoreProps) => (
  <FilterMenu
    label="More"
    active={hasFilter(query, 'is', 'pinned') || hasFilter(query, 'is', 'archived')}
  >
    <Choice icon={<Pin size={16} aria-hidden="true" />} {...choice('is', 'pinned')}>
      Pinned
    </Choice>
    <Choice icon={<Archive size={16} aria-hidden="true" />} {...choice('is', 'archived')}>
      Archived
    </Choice>
    <Menu.Separator className={popups.separator} />
    <Menu.Item className={popups.item} onClick={() => showJump(true)}>
      <CalendarDays size={16} aria-hidden="true" />
      <span className={popups.grow}>Go to a day…</span>
      <span className={popups.hint}>{keyFor('jump')}</span>
    </Menu.Item>
    <SavedItems query={query} />
  </FilterMenu>
);

function SavedItems({ query }: Pick<Props, 'query'>) {
  const searches = useStore(appStore).app?.searches ?? [];
  return (
    <Menu.Group>
      <Menu.GroupLabel className={popups.group}>Saved searches</Menu.GroupLabel>
      {searches.map((one) => (
        <Menu.Item
          key={one.name}
          className={popups.item}
          onClick={() => timeline.showFound(one.query)}
        >
          <Search size={16} aria-hidden="true" />
          <span className={popups.grow}>{one.name}</span>
        </Menu.Item>
      ))}
      <Menu.Item
        className={popups.item}
        disabled={searches.length === 0 && !isFiltering(query)}
        onClick={() => showSearches(true)}
      >
        <Bookmark size={16} aria-hidden="true" />
        <span className={popups.grow}>{isFiltering(query) ? 'Save this search…' : 'Change…'}</span>
      </Menu.Item>
    </Menu.Group>
  );
}

/** Says how many it marks: all that is shown, loaded or not. */
function AllSeen({ asked, unseen, onAllSeen }: Pick<Props, 'asked' | 'unseen' | 'onAllSeen'>) {
  const unread = useUnread(asked, unseen);
  return unread === 0 ? (
    <span className={styles.quiet}>All read</span>
  ) : (
    <Button look="quiet" small onClick={onAllSeen}>
      Mark {unread === null ? 'all found' : number(unread)} as read
    </Button>
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
