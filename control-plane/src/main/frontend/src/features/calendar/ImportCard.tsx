import { CheckCircleOutlined, CloudUploadOutlined, InboxOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { FaultsTable } from '@/features/register/imports/FaultsTable';
import type { CalendarVersion } from '@/shared/api/calendars';
import { api } from '@/shared/api/http';
import { isProblem } from '@/shared/api/problem';
import { useTell } from '@/shared/ui/useTell';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CSV = 'text/csv';

interface Chosen {
  /** Made here, so that sending the file twice imports it once. */
  id: string;
  file: File;
  type: string;
}

/** One year from one file; a year that is there already needs a reason. */
export function ImportCard({ year, again }: { year: number; again: boolean }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [basis, setBasis] = useState('');
  const [reason, setReason] = useState('');

  const run = useMutation({
    mutationFn: ({ id, file, type, validateOnly }: Chosen & { validateOnly: boolean }) =>
      api<CalendarVersion>(`/calendars/${year}/versions/${id}`, {
        method: 'PUT',
        query: { fileName: file.name, basis, reason, validateOnly },
        // The browser's own idea of a file's type depends on what is installed there.
        file: new Blob([file], { type }),
      }),
    onSuccess: async (_, { validateOnly }) => {
      if (!validateOnly) {
        tell.done(t('calendar.done'));
        setChosen(null);
        await queries.invalidateQueries({ queryKey: ['/calendars'] });
      }
    },
    onError: (error) => {
      if (!isProblem(error, 'IMPORT_FAULTY')) {
        tell.failed(error);
      }
    },
  });

  const choose = (file: File) => {
    const lower = file.name.toLowerCase();
    const type = lower.endsWith('.xlsx') ? XLSX : lower.endsWith('.csv') ? CSV : null;
    if (type === null) {
      tell.warn(t('calendar.wrongType'));
    } else {
      setChosen({ id: uuid(), file, type });
      run.reset();
    }
    return false;
  };

  const complete = chosen !== null && basis.trim() !== '' && (!again || reason.trim() !== '');
  const checked = run.isSuccess && run.variables.validateOnly;
  const start = (validateOnly: boolean) => {
    if (chosen) {
      run.mutate({ ...chosen, validateOnly });
    }
  };
  return (
    <>
      <Card title={t('calendar.import', { year: String(year) })}>
        <div className="grid-2">
          <Form layout="vertical">
            <Form.Item label={t('calendar.basis')} required>
              <Input
                maxLength={200}
                value={basis}
                placeholder={t('calendar.basisHint')}
                onChange={(event) => {
                  setBasis(event.target.value);
                  run.reset();
                }}
              />
            </Form.Item>
            {again && (
              <Form.Item label={t('calendar.reason')} required>
                <Input.TextArea
                  maxLength={500}
                  rows={2}
                  value={reason}
                  onChange={(event) => {
                    setReason(event.target.value);
                    run.reset();
                  }}
                />
              </Form.Item>
            )}
          </Form>
          <Upload.Dragger
            accept=".xlsx,.csv"
            maxCount={1}
            showUploadList={false}
            beforeUpload={choose}
            aria-label={t('calendar.drop')}
          >
            <InboxOutlined style={{ fontSize: 32, color: '#2f6db5' }} />
            <div>{chosen ? chosen.file.name : t('calendar.drop')}</div>
            <div className="faint">{t('calendar.dropHint')}</div>
          </Upload.Dragger>
        </div>
        <div style={{ display: 'flex', gap: 8, marginTop: 16 }}>
          <Button
            icon={<CheckCircleOutlined />}
            disabled={!complete}
            loading={run.isPending && run.variables.validateOnly}
            onClick={() => start(true)}
          >
            {t('calendar.check')}
          </Button>
          <Button
            type="primary"
            icon={<CloudUploadOutlined />}
            disabled={!complete || !checked}
            loading={run.isPending && !run.variables.validateOnly}
            onClick={() => start(false)}
          >
            {t('calendar.run')}
          </Button>
        </div>
        {checked && (
          <Alert
            type="success"
            showIcon
            style={{ marginTop: 16 }}
            title={t('calendar.clean', {
              version: run.data.version,
              holidays: run.data.holidays,
              makeUps: run.data.makeUps,
            })}
          />
        )}
      </Card>
      {isProblem(run.error, 'IMPORT_FAULTY') && (
        <FaultsTable
          faults={run.error.document.faults ?? []}
          total={run.error.document.faultCount ?? run.error.document.faults?.length ?? 0}
        />
      )}
    </>
  );
}
