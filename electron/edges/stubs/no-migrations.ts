/** Replaces `semver` in the bundle. electron-store needs it for migrations only, and no store of ours has one (H8). */
const semver = {};
export default semver;
