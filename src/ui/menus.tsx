/** The small menus at the right of the header: language, theme, and the person. */
import { BgColorsOutlined, GlobalOutlined, UserOutlined } from '@ant-design/icons'
import { use } from 'react'
import { useNavigate } from 'react-router'
import { MenuButton } from './menu-button.tsx'
import { usePreference } from './preferences.ts'
import { RegistryContext } from './registry.ts'
import type { PaletteCommand } from './screens.ts'
import { useSession } from './session.ts'
import type { ThemeChoice } from './theme.ts'
import { type Language, languages, useLanguage, useWords } from './words.ts'

export function LanguageMenu() {
  const t = useWords('ui')
  const { language, setLanguage } = useLanguage()
  return (
    <MenuButton
      type="text"
      icon={<GlobalOutlined />}
      label={t('language.choose', { language: languages[language] })}
      selected={language}
      items={Object.entries(languages).map(([key, name]) => ({ key, label: <span lang={key}>{name}</span> }))}
      onChoose={(key) => void setLanguage(key as Language)}
    />
  )
}

export const themeChoices: readonly ThemeChoice[] = ['light', 'dark', 'system']

export function ThemeMenu() {
  const t = useWords('ui')
  const [choice, setChoice] = usePreference<ThemeChoice>('theme', 'system')
  return (
    <MenuButton
      type="text"
      icon={<BgColorsOutlined />}
      label={t('theme.choose')}
      selected={choice}
      items={themeChoices.map((key) => ({ key, label: t(`theme.${key}`) }))}
      onChoose={(key) => setChoice(key as ThemeChoice)}
    />
  )
}

export function UserMenu() {
  const t = useWords('ui')
  const { user } = useSession()
  const commands = useCommands().filter(({ command }) => command.menu === 'user')
  const run = useRunCommand()
  return (
    <MenuButton
      type="text"
      icon={<UserOutlined />}
      label={t('user.menu', { name: user.name })}
      group={`${user.name} · ${user.email}`}
      items={commands.map(({ key, module, command }) => ({
        key,
        label: t(`${module}:${command.label}`),
        icon: command.icon && <command.icon />,
      }))}
      onChoose={(key) => {
        const chosen = commands.find((one) => one.key === key)
        if (chosen) run(chosen.command)
      }}
    >
      <span className="user-name">{user.name}</span>
    </MenuButton>
  )
}

/** The modules' commands that this person may use. */
export function useCommands(): readonly { key: string; module: string; command: PaletteCommand }[] {
  const { may } = useSession()
  return use(RegistryContext).flatMap(({ module, commands }) =>
    (commands ?? [])
      .filter(({ permission }) => !permission || may(permission))
      .map((command) => ({ key: `${module}.${command.id}`, module, command })),
  )
}

export function useRunCommand(): (command: PaletteCommand) => void {
  const navigate = useNavigate()
  return (command) => {
    if (command.to) navigate(command.to)
    if (command.run) void command.run()
  }
}
