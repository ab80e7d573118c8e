import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { effectiveText } from '../../shared/query.ts';
import type { SavedSearch } from '../../shared/saved-search.ts';
import { navigationStore, showSearches } from '../navigation.ts';
import { appStore, ask } from '../state.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Modal, ModalBody, ModalFoot, ModalForm } from '../ui/Modal.tsx';
import { TextField } from '../ui/TextField.tsx';
import { whyNot } from '../words/problems.ts';
import styles from './SavedSearches.module.css';
import { timeline } from './timeline.ts';

export function SavedSearches() {
  const { saving } = useStore(navigationStore);
  const { app } = useStore(appStore);
  return saving && app ? <SearchesDialog searches={app.searches} /> : null;
}

/** Saves the search that is open under a name; renames and removes saved ones. */
function SearchesDialog({ searches }: { searches: readonly SavedSearch[] }) {
  const [query] = useState(() => effectiveText(timeline.view.get().query));
  const [edited, setEdited] = useState<SavedSearch>({ name: '', query });
  const [name, setName] = useState('');
  const [error, setError] = useState<string | undefined>();

  const change = async (next: SavedSearch[]) => {
    const why = await whyNot(ask('changeSearches', { searches: next }));
    setError(why ?? undefined);
    return why === null;
  };
  const save = async () => {
    const given = name.trim();
    if (given === '') return setError('Enter a name');
    const isRename = edited.name !== '';
    const others = searches.filter((one) => one.name !== given || one.name === edited.name);
    const next = isRename
      ? others.map((one) => (one.name === edited.name ? { ...one, name: given } : one))
      : [...others.filter((one) => one.name !== given), { name: given, query: edited.query }];
    if (await change(next)) showSearches(false);
  };

  return (
    <Modal title="Saved searches" kind="notice" onClose={() => showSearches(false)}>
      <ModalForm onSubmit={() => void save()}>
        <ModalBody>
          {edited.query === '' ? null : (
            <TextField
              label={edited.name === '' ? 'Name of this search' : `New name of ${edited.name}`}
              value={name}
              hint={edited.query}
              error={error}
              maxLength={40}
              onChange={setName}
            />
          )}
          <SavedList
            searches={searches}
            onRename={(one) => {
              setEdited(one);
              setName(one.name);
            }}
            onRemove={(one) => void change(searches.filter((other) => other !== one))}
          />
        </ModalBody>
        <ModalFoot>
          <Button onClick={() => showSearches(false)}>Close</Button>
          {edited.query === '' ? null : (
            <Button look="primary" submits>
              Save
            </Button>
          )}
        </ModalFoot>
      </ModalForm>
    </Modal>
  );
}

type ListProps = {
  searches: readonly SavedSearch[];
  onRename: (search: SavedSearch) => void;
  onRemove: (search: SavedSearch) => void;
};

const SavedList = ({ searches, onRename, onRemove }: ListProps) => (
  <ul className={styles.list}>
    {searches.map((one) => (
      <li key={one.name} className={styles.search}>
        <span className={styles.words}>
          {one.name} <small>{one.query}</small>
        </span>
        <IconButton label={`Rename ${one.name}`} onClick={() => onRename(one)}>
          <Pencil size={16} />
        </IconButton>
        <IconButton label={`Remove ${one.name}`} onClick={() => onRemove(one)}>
          <Trash2 size={16} />
        </IconButton>
      </li>
    ))}
  </ul>
);
