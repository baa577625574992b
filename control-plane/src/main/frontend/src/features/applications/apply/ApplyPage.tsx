import { Skeleton } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useMe } from '@/shared/api/queries';
import { ApplyForm } from './ApplyForm';
import { newDraft, readDraft, type Draft } from './draft';

export function ApplyPage() {
  const me = useMe();
  return me.data ? <Ready person={me.data.id} /> : <Skeleton active />;
}

function Ready({ person }: { person: string }) {
  const [search] = useSearchParams();
  const [start, setStart] = useState(() => begin(person, search.get('system')));
  return (
    <ApplyForm
      key={start.draft.id}
      person={person}
      start={start.draft}
      restored={start.restored}
      onRestart={(draft) => setStart({ draft, restored: false })}
    />
  );
}

/** Goes on with what was left, unless another system is asked for now. */
function begin(person: string, system: string | null): { draft: Draft; restored: boolean } {
  const kept = readDraft(person);
  if (kept && (system === null || kept.values.system === system)) {
    return { draft: kept, restored: true };
  }
  return { draft: newDraft(system ?? undefined), restored: false };
}
