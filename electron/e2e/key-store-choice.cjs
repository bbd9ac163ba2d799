// Loaded into the shell of a steered workstation before its own code: whoever steers it chooses a key store that guards
// nothing, after the command line was read, so the choice of the command line is made again here.
const { app } = require('electron')

app.commandLine.removeSwitch('password-store')
app.commandLine.appendSwitch('password-store', 'gnome-libsecret')
