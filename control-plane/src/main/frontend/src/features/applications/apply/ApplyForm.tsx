import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, InputNumber, Popconfirm } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { v7 as uuid } from 'uuid';
import { api } from '@/shared/api/http';
import { fieldPath, isProblem, type Problem } from '@/shared/api/problem';
import type { Application, Item, Order } from '@/shared/api/applications';
import { PageHead } from '@/shared/ui/PageHead';
import { useTell } from '@/shared/ui/useTell';
import { CartFields } from './CartFields';
import { dropDraft, keepDraft, newDraft, orderOf, type Draft, type DraftValues } from './draft';
import { FitPanel } from './FitPanel';
import { TargetFields } from './TargetFields';
import { useFit } from './useFit';

/** The application form: kept on this computer as it is filled in, checked against the quota live. */
export function ApplyForm({
  person,
  start,
  restored,
  onRestart,
}: {
  person: string;
  start: Draft;
  restored: boolean;
  onRestart: (draft: Draft) => void;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form] = Form.useForm<DraftValues>();
  const watched = Form.useWatch<DraftValues | undefined>([], form);
  const values = watched ?? start.values;
  const text = JSON.stringify(values);
  const fit = useFit(start.id, values);

  useEffect(() => {
    if (text !== JSON.stringify(start.values) || restored) {
      keepDraft(person, { id: start.id, values: JSON.parse(text) as DraftValues });
    }
  }, [text, person, start, restored]);

  const refused = fit.kind === 'REFUSED' ? fit.problem : null;
  useEffect(() => {
    if (refused) {
      form.setFields(fieldErrors(refused));
    }
  }, [refused, form]);

  const submit = useMutation({
    mutationFn: (order: Order) =>
      api<Application>(`/applications/${start.id}`, { method: 'PUT', json: order }),
    onSuccess: async (application) => {
      dropDraft(person);
      queries.setQueryData(['/applications', application.id], application);
      tell.done(t('apply.submitted', { number: application.number }));
      await navigate(`/applications/${application.id}`);
    },
    onError: (error) => {
      if (isProblem(error)) {
        form.setFields(fieldErrors(error));
      }
      if (!isProblem(error, 'ID_REUSED')) {
        tell.failed(error);
      }
      void queries.invalidateQueries({ queryKey: ['fit'] });
    },
  });

  const restart = () => {
    dropDraft(person);
    onRestart(newDraft());
  };

  return (
    <>
      <PageHead back="/applications" title={t('apply.title')} />
      <Form<DraftValues>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={start.values}
        scrollToFirstError
        onFinish={(finished) => {
          const order = orderOf(finished);
          if (order) {
            submit.mutate(order);
          }
        }}
      >
        <div className="split">
          <div className="stack">
            {restored && <Alert type="info" showIcon closable title={t('apply.draftRestored')} />}
            {isProblem(submit.error, 'ID_REUSED') && (
              <Reused
                id={start.id}
                onAsNew={() => onRestart({ id: uuid(), values: JSON.parse(text) as DraftValues })}
              />
            )}
            <Card title={t('apply.sectionTarget')}>
              <TargetFields />
            </Card>
            <Card title={t('apply.sectionItems')}>
              <CartFields />
            </Card>
            <Card title={t('apply.sectionReason')}>
              <Form.Item
                name="purpose"
                label={t('apply.purpose')}
                rules={[{ required: true, whitespace: true, message: t('apply.purposeRequired') }]}
              >
                <Input.TextArea
                  aria-label={t('apply.purpose')}
                  rows={3}
                  maxLength={500}
                  showCount
                  placeholder={t('apply.purposeHint')}
                />
              </Form.Item>
              <Form.Item
                name="termMonths"
                label={t('apply.term')}
                rules={[
                  {
                    required: true,
                    type: 'integer',
                    min: 1,
                    max: 60,
                    message: t('apply.termRequired'),
                  },
                ]}
              >
                <InputNumber aria-label={t('apply.term')} precision={0} style={{ width: 160 }} />
              </Form.Item>
            </Card>
            <div className="form-foot">
              <Button
                type="primary"
                size="large"
                htmlType="submit"
                loading={submit.isPending}
                disabled={isProblem(refused, 'QUOTA_SHORT')}
              >
                {t('apply.submit')}
              </Button>
              <Popconfirm
                title={t('apply.discardConfirm')}
                okText={t('apply.discard')}
                cancelText={t('common.cancel')}
                onConfirm={restart}
              >
                <Button size="large">{t('apply.discard')}</Button>
              </Popconfirm>
              <span className="faint">{t('apply.draftKept')}</span>
            </div>
          </div>
          <aside>
            <FitPanel
              fit={fit}
              onUse={(items) =>
                form.setFieldValue('items', keepLogins(items.map(whole), values.items))
              }
            />
          </aside>
        </div>
      </Form>
    </>
  );
}

/** An answer was lost earlier, or the form is open twice: the id already stands for something else. */
function Reused({ id, onAsNew }: { id: string; onAsNew: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning"
      showIcon
      title={t('apply.idReused')}
      action={
        <div style={{ display: 'flex', gap: 8 }}>
          <Link to={`/applications/${id}`}>
            <Button size="small" tabIndex={-1}>
              {t('apply.openSubmitted')}
            </Button>
          </Link>
          <Button size="small" type="primary" onClick={onAsNew}>
            {t('apply.submitAsNew')}
          </Button>
        </div>
      }
    />
  );
}

/** The members that its kind has, and none of those that came as null. */
function whole(item: Item): Item {
  return Object.fromEntries(
    Object.entries(item).filter(([, value]) => value !== null),
  ) as unknown as Item;
}

/** User data are never repeated by the server: they stay where every item does. */
function keepLogins(items: Item[], before: Partial<Item>[] = []): Item[] {
  return items.map((item, index) => {
    const was = before.length === items.length ? before[index] : undefined;
    return was && 'userData' in was ? { ...item, userData: was.userData } : item;
  });
}

/** The server's complaints at the fields they are about. */
function fieldErrors(problem: Problem) {
  const byPath = new Map<string, { name: (string | number)[]; errors: string[] }>();
  for (const { pointer, detail } of problem.document.errors ?? []) {
    const name = fieldPath(pointer);
    if (name.length > 0) {
      const entry = byPath.get(pointer) ?? { name, errors: [] };
      entry.errors.push(detail);
      byPath.set(pointer, entry);
    }
  }
  return [...byPath.values()] as { name: never; errors: string[] }[];
}
