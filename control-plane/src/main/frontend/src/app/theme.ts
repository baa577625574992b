import type { ThemeConfig } from 'antd';

/** Colours that charts and bars share with the components. */
export const palette = {
  primary: '#1d4f91',
  committed: '#2f6db5',
  locked: '#e0a63a',
  order: '#7a4fb5',
  promised: '#c3d7ee',
  free: '#e3e8ef',
  good: '#2e8b63',
  fair: '#2f6db5',
  poor: '#e0a63a',
  bad: '#c4493d',
  text: '#1f2a37',
  faint: '#66728a',
  line: '#e4e9f0',
  ground: '#f4f6f9',
} as const;

export const theme: ThemeConfig = {
  token: {
    colorPrimary: palette.primary,
    colorInfo: palette.committed,
    colorLink: '#1d5fb0',
    colorPrimaryBg: '#e8f0fa',
    colorPrimaryBgHover: '#d6e4f5',
    colorInfoBg: '#eef4fb',
    colorInfoBorder: '#c3d7ee',
    colorTextBase: palette.text,
    colorBgLayout: palette.ground,
    colorBorderSecondary: palette.line,
    borderRadius: 6,
    fontSize: 14,
    fontFamily:
      "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif",
  },
  components: {
    Layout: { headerBg: '#ffffff', siderBg: '#ffffff', headerHeight: 56, headerPadding: '0 20px' },
    Menu: {
      itemBorderRadius: 6,
      itemHeight: 38,
      activeBarBorderWidth: 0,
      itemSelectedBg: '#e8f0fa',
    },
    Table: { headerBg: '#f8fafc', headerColor: '#47536a', cellPaddingBlockMD: 10 },
    Card: { headerFontSize: 15, headerHeight: 48 },
    Descriptions: { labelColor: palette.faint },
  },
};
