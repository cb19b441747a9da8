// Arabic. Not yet read by a native speaker of the field; what is missing stands in English.
export default {
  "Board": "اللوحة",
};
