import { isProblem } from '@/shared/api/problem';
import { FaultsTable } from './FaultsTable';

/** What is wrong with a file that was refused; nothing, if it was not. */
export function FileFaults({ error }: { error: Error | null }) {
  return (
    isProblem(error, 'IMPORT_FAULTY') && (
      <FaultsTable
        faults={error.document.faults ?? []}
        total={error.document.faultCount ?? error.document.faults?.length ?? 0}
      />
    )
  );
}
