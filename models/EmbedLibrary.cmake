# Writes OUTPUT: the text of every file of FILES as one table of raw strings.
set(entries "")
foreach(path ${FILES})
  get_filename_component(name ${path} NAME)
  file(READ ${path} text)
  string(APPEND entries "    {\"std/${name}\", R\"gan(${text})gan\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made by models/EmbedLibrary.cmake.
#include \"models/StandardLibrary.h\"

static constexpr gan::LibraryFile files[] = {
${entries}};

std::span<const gan::LibraryFile> gan::getStandardLibrary() { return files; }
")
