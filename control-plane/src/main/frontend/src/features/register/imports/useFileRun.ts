import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api, type Query } from '@/shared/api/http';
import { isProblem } from '@/shared/api/problem';
import { useTell } from '@/shared/ui/useTell';

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  zip: 'application/zip',
} as const;

interface Chosen {
  /** Made here, so that sending the file twice does it once. */
  id: string;
  file: File;
  type: string;
}

interface Asked {
  /** Where a file goes under an id. */
  path: (id: string) => string;
  query?: Query;
  /** How names of files that can be read end. */
  endings: (keyof typeof TYPES)[];
  wrongType: string;
  /** After it was done, not after a check. */
  onDone: () => Promise<void>;
}

/**
 * A file that is chosen, checked, and only then carried out. Its faults, if it has any, are in the
 * error; everything else that goes wrong is told.
 */
export function useFileRun<T>({ path, query, endings, wrongType, onDone }: Asked) {
  const tell = useTell();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const run = useMutation({
    mutationFn: ({ id, file, type, validateOnly }: Chosen & { validateOnly: boolean }) =>
      api<T>(path(id), {
        method: 'PUT',
        query: { fileName: file.name, ...query, validateOnly },
        // The browser's own idea of a file's type depends on what is installed there.
        file: new Blob([file], { type }),
      }),
    onSuccess: async (_, { validateOnly }) => {
      if (!validateOnly) {
        await onDone();
      }
    },
    onError: (error) => {
      if (!isProblem(error, 'IMPORT_FAULTY')) {
        tell.failed(error);
      }
    },
  });
  const checks = run.variables?.validateOnly ?? false;
  return {
    run,
    chosen,
    /** For an input of files. */
    accept: endings.map((ending) => `.${ending}`).join(','),
    forget: () => setChosen(null),
    /** For an upload: nothing is sent before it is asked for. */
    choose: (file: File) => {
      const ending = endings.find((one) => file.name.toLowerCase().endsWith(`.${one}`));
      if (ending === undefined) {
        tell.warn(wrongType);
      } else {
        setChosen({ id: uuid(), file, type: TYPES[ending] });
        run.reset();
      }
      return false;
    },
    start: (validateOnly: boolean) => {
      if (chosen) {
        run.mutate({ ...chosen, validateOnly });
      }
    },
    checking: run.isPending && checks,
    carryingOut: run.isPending && !checks,
    checked: run.isSuccess && checks,
    done: run.isSuccess && !checks,
  };
}

/** A file that is being run, whatever comes of it. */
export type FileRun = ReturnType<typeof useFileRun<unknown>>;
