import { CheckCircleOutlined, CloudUploadOutlined, InboxOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FaultsTable } from '@/features/register/imports/FaultsTable';
import type { CalendarVersion } from '@/shared/api/calendars';
import { isProblem } from '@/shared/api/problem';
import { useFileRun } from '@/features/register/imports/useFileRun';
import { useTell } from '@/shared/ui/useTell';

/** One year from one file; a year that is there already needs a reason. */
export function ImportCard({ year, again }: { year: number; again: boolean }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [basis, setBasis] = useState('');
  const [reason, setReason] = useState('');

  const { run, chosen, choose, start, checked, forget } = useFileRun<CalendarVersion>({
    path: (id) => `/calendars/${year}/versions/${id}`,
    query: { basis, reason },
    endings: ['xlsx', 'csv'],
    wrongType: t('calendar.wrongType'),
    onDone: async () => {
      tell.done(t('calendar.done'));
      forget();
      await queries.invalidateQueries({ queryKey: ['/calendars'] });
    },
  });

  const complete = chosen !== null && basis.trim() !== '' && (!again || reason.trim() !== '');
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
      {isProblem(run.error, 'IMPORT_FAULTY') && (
        <FaultsTable
          faults={run.error.document.faults ?? []}
          total={run.error.document.faultCount ?? run.error.document.faults?.length ?? 0}
        />
      )}
    </>
  );
}
