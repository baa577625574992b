import { BulbOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { palette } from '@/app/theme';
import type { Item } from '@/shared/api/applications';
import type { WayOut } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { amountsLine } from '../amounts';
import { ItemText } from '../ItemText';

/** What would help somebody whose order does not fit: how much of it does. */
export function WayOutView({ wayOut, onUse }: { wayOut: WayOut; onUse: (items: Item[]) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const fits = wayOut.fits ?? {};
  return (
    <div className="way-out">
      <strong>
        <BulbOutlined style={{ color: palette.locked, marginInlineEnd: 6 }} />
        {t('fit.wayOut')}
      </strong>
      <div>
        {Object.keys(fits).length > 0
          ? t('fit.most', { amounts: amountsLine(fits, format) })
          : t('fit.nothingFits')}
      </div>
      {wayOut.items.length > 0 && (
        <>
          <ul>
            {wayOut.items.map((item, index) => (
              <li key={index}>
                <ItemText item={item} />
              </li>
            ))}
          </ul>
          <Button size="small" onClick={() => onUse(wayOut.items)}>
            {t('fit.use')}
          </Button>
        </>
      )}
    </div>
  );
}
