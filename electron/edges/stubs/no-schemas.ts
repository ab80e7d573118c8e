/**
 * Replaces `ajv` and `ajv-formats`, which would be half of the bundle. electron-store needs them for schemas only, and no store of ours
 * has one (H8).
 */
export class Ajv2020 {}

const formats = {};
export default formats;
