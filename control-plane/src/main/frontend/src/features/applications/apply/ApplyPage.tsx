import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { Navigate, useLocation, useNavigate, useSearchParams } from 'react-router';
import { useMe } from '@/shared/api/queries';
import { Loaded } from '@/shared/ui/Loaded';
import type { DraftValues } from './draft';
import { ApplyForm } from './ApplyForm';
import { makeId, useStart, type Source } from './useStart';

/** What the page before has filled the form with, or adds to it. */
type Passed = DraftValues | { added: DraftValues } | null;

/**
 * Applies for something new, goes on with a draft, or revises what was returned. Each form has its
 * id in its address: opened again, it is the same draft.
 */
export function ApplyPage() {
  const me = useMe();
  const [search] = useSearchParams();
  const passed = useLocation().state as Passed;
  const revised = search.get('revise');
  const id = revised ?? search.get('draft');
  if (!me.data) {
    return <Skeleton active />;
  }
  if (id === null) {
    return <Anew search={search} />;
  }
  const source: Source = {
    id,
    revises: revised !== null,
    copy: search.get('copy'),
    template: search.get('template'),
    system: search.get('system'),
    filled: passed && 'items' in passed ? passed : null,
    added: passed && 'added' in passed ? passed.added : null,
  };
  return <Ready key={`${id} ${source.revises}`} person={me.data.id} source={source} />;
}

function Anew({ search }: { search: URLSearchParams }) {
  const [id] = useState(makeId);
  const query = new URLSearchParams(search);
  query.set('draft', id);
  return <Navigate replace to={`/applications/new?${query.toString()}`} />;
}

function Ready({ person, source }: { person: string; source: Source }) {
  const start = useStart(person, source);
  const [round, setRound] = useState(0);
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const isAdded = source.added !== null && start.isSuccess;
  useEffect(() => {
    if (isAdded) {
      // Opened again, the form must not get it a second time.
      void navigate({ pathname, search }, { replace: true, state: null });
    }
  }, [isAdded, navigate, pathname, search]);
  return (
    <Loaded query={start} rows={10}>
      {(data) =>
        data.revised && !data.revised.commands.includes('SUBMIT') ? (
          <Navigate replace to={`/applications/${data.id}`} />
        ) : (
          <ApplyForm
            key={round}
            person={person}
            start={data}
            onReload={async () => {
              await start.refetch();
              setRound(round + 1);
            }}
          />
        )
      }
    </Loaded>
  );
}
