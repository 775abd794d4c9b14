/**
 * The look: one restrained palette per mode, used by our own styles (as CSS variables `--ink`, `--paper` …), by Ant Design (as tokens) and by charts.
 * Colour is never the only sign: tiers also have a shape and their name, series also a pattern.
 *
 *   const { mode, colours } = useTheme()
 */
import { createContext, use } from 'react'

export type ThemeChoice = 'light' | 'dark' | 'system'
export type ThemeMode = 'light' | 'dark'
export const tiers = ['platinum', 'gold', 'iron', 'lead'] as const
export type Tier = (typeof tiers)[number]

export interface Colours {
  readonly paper: string
  readonly surface: string
  readonly sunken: string
  readonly line: string
  readonly edge: string
  readonly ink: string
  readonly muted: string
  readonly accent: string
  readonly accentInk: string
  readonly accentSoft: string
  readonly good: string
  readonly warn: string
  readonly bad: string
  readonly info: string
  readonly focus: string
  /** Chart series in order; neighbours differ in lightness as well as in hue. */
  readonly series: readonly string[]
  /** From little to much, for heat maps. */
  readonly scale: readonly string[]
  readonly tier: Readonly<Record<Tier, string>>
}

export const palettes: Readonly<Record<ThemeMode, Colours>> = {
  light: {
    paper: '#f4f5f1',
    surface: '#ffffff',
    sunken: '#eceee8',
    line: '#dcdfd7',
    edge: '#868f88',
    ink: '#1b2320',
    muted: '#56615b',
    accent: '#1d5f52',
    accentInk: '#ffffff',
    accentSoft: '#e1ece7',
    good: '#26734a',
    warn: '#8a5a00',
    bad: '#ad3327',
    info: '#2b5f8e',
    focus: '#0b57c2',
    series: ['#1d5f52', '#c08a1e', '#2f6fa8', '#9c3f5d', '#5f9e8f', '#6d5a99', '#8a6a4a', '#4a5651'],
    scale: ['#f1f3ec', '#cfe0d5', '#9cc4b3', '#5f9e8f', '#2f7767', '#123f36'],
    tier: { platinum: '#3d7ba6', gold: '#a97400', iron: '#6b675f', lead: '#7a2d4c' },
  },
  dark: {
    paper: '#121614',
    surface: '#1a201d',
    sunken: '#151a18',
    line: '#303935',
    edge: '#75817a',
    ink: '#e8ede9',
    muted: '#a6b1ab',
    accent: '#6fc3aa',
    accentInk: '#0d1a16',
    accentSoft: '#20352e',
    good: '#72c492',
    warn: '#e0b25a',
    bad: '#f0897c',
    info: '#8dbbe4',
    focus: '#8ab8ff',
    series: ['#6fc3aa', '#e3b04b', '#79b2e2', '#dd86a3', '#3f8f7c', '#a996d8', '#c2a17c', '#93a19a'],
    scale: ['#1c2420', '#23423a', '#2f6355', '#43897a', '#6fc3aa', '#c5eadd'],
    tier: { platinum: '#8fc4e8', gold: '#e6b54f', iron: '#aaa59b', lead: '#de85a5' },
  },
}

/** The tier's own shape, so that it is known without its colour. */
export const tierShape: Readonly<Record<Tier, string>> = { platinum: '◆', gold: '●', iron: '■', lead: '▼' }

export interface Theme {
  readonly mode: ThemeMode
  readonly colours: Colours
}
const ThemeContext = createContext<Theme>({ mode: 'light', colours: palettes.light })
export const ThemeProvider = ThemeContext
export const useTheme = (): Theme => use(ThemeContext)

/** Hands the palette to the style sheet. */
export function applyTheme(mode: ThemeMode): void {
  const root = document.documentElement
  const { series, scale, tier, ...plain } = palettes[mode]
  root.dataset.theme = mode
  for (const [name, colour] of Object.entries(plain))
    root.style.setProperty(`--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`, colour)
  for (const [name, colour] of Object.entries(tier)) root.style.setProperty(`--tier-${name}`, colour)
}

/** Black or white, whichever is read better on the colour that a share of 0 to 1 has on a scale. */
export function inkOn(scale: readonly string[], share: number): '#000' | '#fff' {
  const at = Math.min(1, Math.max(0, share)) * (scale.length - 1)
  const [under, over] = [channels(scale[Math.floor(at)] ?? '#ffffff'), channels(scale[Math.ceil(at)] ?? '#ffffff')]
  const [red = 0, green = 0, blue = 0] = under.map((from, i) => brightness(from + ((over[i] ?? from) - from) * (at % 1)))
  // At this luminance both have the same contrast (WCAG 2).
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000' : '#fff'
}
const channels = (colour: string): number[] => [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16) / 255)
const brightness = (channel: number): number => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)
