import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/shared/api/http';
import type { Application, ApplicationState } from '@/shared/api/applications';
import { useProblemText } from '@/shared/ui/useProblemText';

interface Row {
  id: string;
  state: ApplicationState | null;
  version: number | null;
  problem: { status: number; code: string; title: string; detail: string | null } | null;
}

/** The server takes a hundred; in small portions people see how far it is. */
const PORTION = 10;

/** Approves a selection: each is judged by itself, and told of by itself. */
export function BulkApproval({
  chosen,
  onDone,
}: {
  chosen: Application[];
  /** Called once all are judged and the results are read. */
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const textOf = useProblemText();
  const [asking, setAsking] = useState<Application[] | null>(null);
  const [rows, setRows] = useState<Row[]>([]);
  const [form] = Form.useForm<{ note?: string }>();

  const approve = useMutation({
    mutationFn: async ({ all, note }: { all: Application[]; note: string }) => {
      for (let at = 0; at < all.length; at += PORTION) {
        const items = all.slice(at, at + PORTION).map(({ id, version }) => ({ id, version }));
        const answer = await api<{ items: Row[] }>('/applications/bulk-approvals', {
          method: 'POST',
          json: { items, note },
        });
        setRows((before) => [...before, ...answer.items]);
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['/applications'] }),
  });

  const all = asking ?? [];
  const over = approve.isSuccess || approve.isError;
  const approved = rows.filter(({ problem }) => problem === null).length;

  function close() {
    setAsking(null);
    setRows([]);
    approve.reset();
    if (over) {
      onDone();
    }
  }

  return (
    <>
      <Button type="primary" disabled={chosen.length === 0} onClick={() => setAsking(chosen)}>
        {t('bulk.approve', { count: chosen.length })}
      </Button>
      <Modal
        open={asking !== null}
        title={t('bulk.title', { count: all.length })}
        closable={!approve.isPending}
        mask={{ closable: false }}
        onCancel={close}
        footer={
          over ? (
            <Button type="primary" onClick={close}>
              {t('bulk.close')}
            </Button>
          ) : (
            <>
              <Button disabled={approve.isPending} onClick={close}>
                {t('common.cancel')}
              </Button>
              <Button type="primary" loading={approve.isPending} onClick={() => form.submit()}>
                {t('command.APPROVE')}
              </Button>
            </>
          )
        }
      >
        <p>{t('bulk.text')}</p>
        {(approve.isPending || over) && (
          <Progress
            percent={Math.round((100 * rows.length) / Math.max(1, all.length))}
            status={approve.isError ? 'exception' : over ? 'normal' : 'active'}
          />
        )}
        {approve.isError && (
          <Alert
            type="error"
            showIcon
            title={textOf(approve.error).title}
            description={t('bulk.stopped')}
          />
        )}
        {over && (
          <Alert
            style={{ marginBlock: 12 }}
            type={approved === all.length ? 'success' : 'warning'}
            showIcon
            title={t('bulk.result', { approved, all: all.length })}
          />
        )}
        {rows.length > 0 ? (
          <Results rows={rows} all={all} />
        ) : (
          <Form
            form={form}
            layout="vertical"
            onFinish={({ note }) => approve.mutate({ all, note: note?.trim() ?? '' })}
          >
            <Form.Item name="note" label={t('command.note')}>
              <Input.TextArea rows={3} maxLength={500} showCount />
            </Form.Item>
          </Form>
        )}
      </Modal>
    </>
  );
}

function Results({ rows, all }: { rows: Row[]; all: Application[] }) {
  const { t } = useTranslation();
  const numbers = new Map(all.map(({ id, number }) => [id, number]));
  return (
    <ul className="rows" aria-live="polite">
      {rows.map(({ id, state, problem }) => (
        <li key={id}>
          <Link to={`/applications/${id}`}>{numbers.get(id) ?? id}</Link>
          <div className="grow">
            {problem ? (
              <>
                <div style={{ color: '#c4493d' }}>{problem.title}</div>
                {problem.detail && <div className="faint">{problem.detail}</div>}
              </>
            ) : (
              state && t('bulk.now', { state: t(`application.state.${state}`) })
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
