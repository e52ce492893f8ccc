import { Menu, type MenuItemConstructorOptions, app, shell } from 'electron'
import { logFile } from './log.ts'

/** Tells the window which command was chosen. */
type Choose = (command: string) => void

/**
 * The application menu. On Linux and Windows the window has no menu bar, but the keys work; what a text field does with
 * a key comes first.
 */
export function setMenu(choose: Choose): void {
  const item = (label: string, command: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => choose(command),
    ...(accelerator && { accelerator })
  })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const menus: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        item('New Flow', 'create-flow', 'CmdOrCtrl+N'),
        item('Open Designer Folder…', 'choose-folder', 'CmdOrCtrl+O'),
        item('Save', 'save', 'CmdOrCtrl+S'),
        item('Close Tab', 'close-tab', 'CmdOrCtrl+W'),
        line,
        { role: 'quit' }
      ]
    },
    {
      label: '&Edit',
      submenu: [
        item('Undo', 'undo', 'CmdOrCtrl+Z'),
        item('Redo', 'redo', process.platform === 'darwin' ? 'Cmd+Shift+Z' : 'Ctrl+Y'),
        line,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        line,
        item('Find', 'search', 'CmdOrCtrl+F'),
        item('Settings', 'settings', 'CmdOrCtrl+,')
      ]
    },
    {
      label: 'F&low',
      submenu: [
        item('Debug Flow', 'debug', 'F5'),
        item('Run', 'run', 'CmdOrCtrl+F5'),
        item('Stop', 'stop', 'Shift+F5'),
        item('Check', 'check', 'F7')
      ]
    },
    {
      label: '&View',
      submenu: [
        item('Designer Folder', 'show-folder', 'CmdOrCtrl+1'),
        item('Runs', 'show-runs', 'CmdOrCtrl+2'),
        item('Next Tab', 'next-tab', 'Ctrl+Tab'),
        item('Previous Tab', 'previous-tab', 'Ctrl+Shift+Tab'),
        line,
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const }])
      ]
    },
    {
      label: '&Help',
      submenu: [{ label: 'Show Log', click: () => shell.showItemInFolder(logFile()) }]
    }
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus))
}
