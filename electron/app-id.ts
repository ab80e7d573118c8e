/**
 * Names the app to systems: Windows puts it on its shortcut and notifications, Linux names the autostart entry and AppStream component
 * after it, macOS its bundle. It never changes, because pinned icons, permissions and notifications would be lost with it.
 */
export const appId = 'app.hookbell.Hookbell';
