import { useQueryClient } from '@tanstack/react-query';
import { Alert, Card, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileButtons } from '@/features/register/imports/FileButtons';
import { FileDrop } from '@/features/register/imports/FileDrop';
import { FileFaults } from '@/features/register/imports/FileFaults';
import type { CalendarVersion } from '@/shared/api/calendars';
import { useFileRun } from '@/features/register/imports/useFileRun';
import { useTell } from '@/shared/ui/useTell';

/** One year from one file; a year that is there already needs a reason. */
export function ImportCard({ year, again }: { year: number; again: boolean }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [basis, setBasis] = useState('');
  const [reason, setReason] = useState('');

  const file = useFileRun<CalendarVersion>({
    path: (id) => `/calendars/${year}/versions/${id}`,
    query: { basis, reason },
    endings: ['xlsx', 'csv'],
    wrongType: t('calendar.wrongType'),
    onDone: async () => {
      tell.done(t('calendar.done'));
      file.forget();
      await queries.invalidateQueries({ queryKey: ['/calendars'] });
    },
  });

  const { run, checked } = file;
  const complete = file.chosen !== null && basis.trim() !== '' && (!again || reason.trim() !== '');
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
          <FileDrop file={file} label={t('calendar.drop')} hint={t('calendar.dropHint')} />
        </div>
        <FileButtons
          file={file}
          ready={complete}
          check={t('calendar.check')}
          run={t('calendar.run')}
        />
        {checked && run.data && (
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
      <FileFaults error={run.error} />
    </>
  );
}
