/** Ant Design in our colours: its tokens from our palette, nothing else decides how a component looks. */
import { type ThemeConfig, theme } from 'antd'
import { palettes, type ThemeMode } from './theme.ts'

export function antTheme(mode: ThemeMode, still: boolean): ThemeConfig {
  const c = palettes[mode]
  const soft = (colour: string) => mixed(colour, c.surface, mode === 'dark' ? 0.16 : 0.09)
  const rim = (colour: string) => mixed(colour, c.surface, 0.4)
  return {
    algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: c.accent,
      colorLink: c.accent,
      colorLinkHover: c.ink,
      colorSuccess: c.good,
      colorWarning: c.warn,
      colorError: c.bad,
      colorInfo: c.info,
      // Ant Design derives tints of its own; ours keep the contrast of what is written on them.
      colorPrimaryBg: c.accentSoft,
      colorPrimaryBgHover: c.accentSoft,
      controlItemBgActive: c.accentSoft,
      controlItemBgActiveHover: c.accentSoft,
      colorSuccessBg: soft(c.good),
      colorSuccessBorder: rim(c.good),
      colorWarningBg: soft(c.warn),
      colorWarningBorder: rim(c.warn),
      colorErrorBg: soft(c.bad),
      colorErrorBorder: rim(c.bad),
      colorInfoBg: soft(c.info),
      colorInfoBorder: rim(c.info),
      colorTextBase: c.ink,
      colorBgBase: c.surface,
      colorBgLayout: c.paper,
      colorBgContainer: c.surface,
      colorBgElevated: c.surface,
      // Outlines of inputs and buttons carry meaning, so they keep 3:1 against what is behind them.
      colorBorder: c.edge,
      colorBorderSecondary: c.line,
      colorTextSecondary: c.muted,
      colorTextTertiary: c.muted,
      colorTextDescription: c.muted,
      colorTextPlaceholder: c.muted,
      colorTextLightSolid: c.accentInk,
      colorBgSpotlight: mode === 'dark' ? c.ink : '#26302c',
      controlOutline: c.accentSoft,
      borderRadius: 6,
      fontFamily: 'var(--font)',
      fontSize: 14,
      // Short rather than off: parts of Ant Design wait for the end of a motion. Our own styles move nothing.
      motionDurationFast: still ? '0.01s' : '0.08s',
      motionDurationMid: still ? '0.01s' : '0.12s',
      motionDurationSlow: still ? '0.01s' : '0.16s',
    },
    components: {
      Button: { primaryColor: c.accentInk, dangerColor: c.accentInk, fontWeight: 500, primaryShadow: 'none', defaultShadow: 'none' },
      Form: { verticalLabelPadding: '0 0 4px', itemMarginBottom: 18 },
      // In the dark a surface hardly differs from what it is sunk into.
      Segmented: {
        itemSelectedBg: mode === 'dark' ? mixed(c.accent, c.surface, 0.3) : c.surface,
        itemSelectedColor: c.ink,
        trackBg: c.sunken,
        itemColor: c.muted,
      },
    },
  }
}

/** `share` of one colour over another, both as #rrggbb. */
export function mixed(over: string, under: string, share: number): string {
  const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16)
  return `#${[1, 3, 5]
    .map((at) =>
      Math.round(channel(over, at) * share + channel(under, at) * (1 - share))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}
